"""The front door: `python3 build.py [WORD …]`, on a machine that has nothing but Python.

In flow the words of a command; out goes the same command, run by the Python inside `.venv`.
When `.venv` is missing, half-made, moved or outdated, it is made anew from the lock files first.

    .venv/steps/NAME    all that the step NAME was made from, and what was installed then; written
                        when it is done. A step is whole when it would be made from the same
                        today, byte for byte, and nothing of what was installed is gone
    .venv/install.log   what venv and pip said
    .venv.lock          held while `.venv` changes; the system frees it, however its holder ends

Later runs only compare these few small files. They should not notice that they passed a door,
so nothing is imported up here but what Python has loaded already.

Python 3.6 can still parse this file (hence the quoted annotations) and so can say that it is
too old. The standard library only. `tests/check.py` adds steps of its own with `take_step`.
"""

import os
import sys

TYPE_CHECKING = False  # as typing's, which takes longer to import than all the rest of this
if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
LOG = os.path.join(VENV, "install.log")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
if os.name == "nt":
    PACKAGES = os.path.join(VENV, "Lib", "site-packages")
else:
    PACKAGES = os.path.join(VENV, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "site-packages")

OLDEST = (3, 11)  # as in pyproject.toml, and a test holds the two together


def program() -> str:
    """What the step `project` installs: this checkout, or, in a project made by `govreport init`, the wheel in it."""
    if os.path.exists(os.path.join(ROOT, "pyproject.toml")):
        return "pyproject.toml"
    wheels = [name for name in os.listdir(ROOT) if name.startswith("govreport_site-") and name.endswith(".whl")]
    return max(wheels, key=lambda name: os.path.getmtime(os.path.join(ROOT, name)), default="pyproject.toml")


# Step → the files it is made from. A later step stands on the earlier ones.
STEPS = {
    "packages": ("requirements.lock",),
    "project": (program(),),
    "check": ("requirements-check.lock",),
}

INSTALLED = b"\n\nInstalled then:\n"

# Installed before all else: pip, to install the rest; setuptools, since jieba is built from source.
TOOLS = ("pip", "setuptools")


class Trouble(Exception):
    """Why `.venv` cannot be made, said to whoever sits at the machine: what was found, what to do."""

    def __init__(self, title: str, found: str, mend: str, log: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.found = found
        self.mend = mend
        self.log = log

    def __str__(self) -> str:
        lines = [self.title, f"  发现  {self.found}", f"  修改  {self.mend}"]
        if self.log:
            lines += [f"  安装日志（{os.path.relpath(LOG, ROOT)}）的最后几行："]
            lines += ["    │ " + line for line in self.log.splitlines()]
        return "\n".join(lines)


def main(words: "list[str]") -> int:
    """Makes sure of `.venv`, then becomes the command. Returns only when that is not possible."""
    if sys.version_info < OLDEST:
        say(too_old(sys.version_info, sys.executable, newer_on_path()))
        return 1
    words = words or ["build"]
    checks = words[0] == "check" and STEPS["project"] == ("pyproject.toml",)
    steps = ["packages", "project"] + (["check"] if checks else [])
    try:
        if not all(is_whole(step) for step in steps):
            make_whole(steps)
        if checks:
            return hand_over([PYTHON, "-P", os.path.join(ROOT, "tests", "check.py")] + words[1:])
        return hand_over([PYTHON, "-P", "-m", "govreport_site"] + words)
    except KeyboardInterrupt:
        say("\n已中断。运行环境没有做完，下次运行会重新准备。")
        return 130
    except Trouble as trouble:
        say(str(trouble))
        return 1
    except OSError as error:
        say(str(trouble_of(error)))
        return 1


def hand_over(command: "list[str]") -> int:
    """Becomes the command. Windows has no exec that a console would wait for, so there it is a child."""
    environment = inner_environment()
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, environment)
    import subprocess

    with subprocess.Popen(command, env=environment) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue  # Ctrl+C reaches the child too: it decides how to end


def inner_environment() -> "dict[str, str]":
    """The environment for what runs inside `.venv`: UTF-8, and nothing that leads Python or pip elsewhere."""
    leads_away = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "PIP_PREFIX", "PIP_TARGET", "PIP_ROOT", "PIP_USER")
    environment = {name: value for name, value in os.environ.items() if name not in leads_away}
    environment.update(PYTHONUTF8="1", PYTHONIOENCODING="utf-8", GOVREPORT_PROJECT=ROOT)
    return environment


# ── which Python ──────────────────────────────────────────────────────────────────────────────


def too_old(version: "tuple[object, ...]", executable: str, newer: "str | None") -> str:
    """What a Python too old for this project says."""
    found = ".".join(str(part) for part in version[:3])
    wanted = ".".join(str(part) for part in OLDEST)
    if newer:
        mend = f"本机已有较新的 Python，请改用：{newer} build.py"
    else:
        where = "Windows、macOS 从 python.org 下载；Debian、Ubuntu 用 apt"
        mend = f"请安装 Python {wanted} 或更新的版本（{where}），再运行一次"
    return str(Trouble("Python 版本太旧", f"Python {found}（{executable}），需要 {wanted} 或更新", mend))


def newer_on_path() -> "str | None":
    """The name of a Python on PATH that is new enough, when its file name says so."""
    for minor in range(OLDEST[1] + 15, OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            if os.access(os.path.join(folder, name), os.X_OK):
                return name
    return None


# ── whole or not ──────────────────────────────────────────────────────────────────────────────


def identity() -> str:
    """What `.venv` is bound to: another Python, system or folder needs another `.venv`."""
    machine = os.environ.get("PROCESSOR_ARCHITECTURE", "") if os.name == "nt" else os.uname().machine
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"{sys.implementation.name} {version}\n{sys.platform} {machine}\n{ROOT}\n"


def made_from(files: "tuple[str, ...]") -> bytes:
    """All that a step depends on, as one text."""
    parts = [identity().encode("utf-8", "surrogateescape")]
    for name in files:
        try:
            with open(os.path.join(ROOT, name), "rb") as file:
                parts.append(name.encode("ascii") + b"\n" + file.read())
        except FileNotFoundError:
            raise Trouble("项目文件不全", f"缺少 {name}", "重新取得完整的项目文件夹，再运行一次") from None
    return b"\n".join(parts)


def step_file(step: str) -> str:
    return os.path.join(VENV, "steps", step)


def installed() -> "set[bytes]":
    """The names in `site-packages`, each with its version, as pip leaves them."""
    names = os.listdir(os.fsencode(PACKAGES))
    return {name for name in names if not name.startswith((b"~", b"__pycache__"))}


def is_whole(step: str, files: "tuple[str, ...] | None" = None) -> bool:
    """Whether a step was finished, with what stands in its files today, and all of it is still there."""
    try:
        with open(step_file(step), "rb") as file:
            made, _, names = file.read().partition(INSTALLED)
        return (
            made == made_from(files or STEPS[step])
            and os.path.exists(PYTHON)
            and installed().issuperset(names.splitlines())
        )
    except (FileNotFoundError, NotADirectoryError):
        return False


def mark_whole(step: str, files: "tuple[str, ...]") -> None:
    """Says, in one move, that a step is finished."""
    os.makedirs(os.path.dirname(step_file(step)), exist_ok=True)
    unfinished = step_file(step) + ".new"
    with open(unfinished, "wb") as file:
        file.write(made_from(files) + INSTALLED + b"\n".join(sorted(installed())))
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, step_file(step))


# ── making it ─────────────────────────────────────────────────────────────────────────────────


def make_whole(steps: "list[str]") -> None:
    """Takes the steps that are missing, alone: a second run waits until the first is done."""
    import time

    start = time.monotonic()
    with alone() as lock:
        missing = [step for step in steps if not is_whole(step)]
        if not missing:
            return
        if "packages" in missing:
            say(why_anew())
            make_venv(lock)
            say("  下载并安装所需的软件包……")
            pip(["-r", "requirements.lock"], lock)
            mark_whole("packages", STEPS["packages"])
            missing = [step for step in steps if not is_whole(step)]
        if "project" in missing:
            say("  登记本项目……")
            wheel = STEPS["project"][0]
            # A wheel of the same version may hold another program: while that is being worked on.
            what = ["--force-reinstall", os.path.join(ROOT, wheel)] if wheel.endswith(".whl") else ["--editable", "."]
            pip(["--no-deps"] + what, lock, hashes=False)
            mark_whole("project", STEPS["project"])
        if "check" in missing:
            say("  下载并安装检查工具……")
            pip(["-r", "requirements-check.lock"], lock)
            mark_whole("check", STEPS["check"])
    say(f"运行环境已备好，用时 {time.monotonic() - start:.0f} 秒。")


def take_step(step: str, files: "tuple[str, ...]", title: str, work: "Callable[[int], object]") -> None:
    """One further step, for `tests/check.py`: done when missing, alone, and then marked."""
    if is_whole(step, files):
        return
    with alone() as lock:
        if not is_whole(step, files):
            say(title)
            work(lock)
            mark_whole(step, files)


def why_anew() -> str:
    """The first line a person sees, with the reason for the wait."""
    if not os.path.lexists(VENV):
        return "首次运行：正在准备运行环境（.venv），约需一分钟，以后不再需要。"
    if not os.path.exists(step_file("packages")):
        reason = "上次没有做完，或不是本程序所建"
    else:
        with open(step_file("packages"), "rb") as file:
            made = file.read().partition(INSTALLED)[0]
        if not made.startswith(identity().encode("utf-8", "surrogateescape")):
            reason = "属于另一个 Python、另一台机器或另一个文件夹"
        elif made != made_from(STEPS["packages"]):
            reason = "所需的软件包已有变化"
        else:
            reason = "缺了一部分"
    return f"运行环境（.venv）{reason}，正在重新准备，约需一分钟。"


def make_venv(lock: int) -> None:
    """An empty virtual environment with the pip and setuptools of the lock."""
    clear_away()
    os.mkdir(VENV)
    base = sys.executable if sys.prefix == sys.base_prefix else getattr(sys, "_base_executable", sys.executable)
    say("  建立虚拟环境……")
    with open(os.path.join(ROOT, "requirements.lock"), encoding="utf-8") as file:
        tools = part_of_lock(file.read(), TOOLS)
    tools_file = os.path.join(VENV, "tools.lock")
    with open(tools_file, "w", encoding="utf-8") as file:
        file.write(tools)
    run([base, "-m", "venv", "--without-pip", VENV], lock)
    pip(["--no-compile", "-r", tools_file], lock, command=first_pip(base, lock))


def first_pip(base: str, lock: int) -> "list[str]":
    """A pip that can fill the empty `.venv`: the one outside (22.3 or newer), else Python's own spare one.

    The one outside comes first because it is there at once; unpacking the spare one takes ten
    seconds, only to be replaced. Debian parts both from Python, and then a person has to help.
    """
    outside = [base, "-m", "pip", "--python", PYTHON]
    if run(outside + ["--version"], lock, may_fail=True) == 0:
        return outside
    if run([PYTHON, "-m", "ensurepip", "--default-pip"], lock, may_fail=True) == 0:
        return [PYTHON, "-m", "pip"]
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    raise Trouble(
        "这个 Python 不带 pip，无法安装软件包",
        f"{base} 没有 pip（22.3 以上），也没有 ensurepip",
        f"Debian、Ubuntu 请先运行：sudo apt install {package}；其他系统请安装完整的 Python。然后再运行一次",
    )


def clear_away() -> None:
    """Moves what stands in the way of `.venv` aside, then deletes it: never half of what is in use."""
    import shutil

    aside = VENV + ".old"
    if os.path.isdir(aside) and not os.path.islink(aside):
        shutil.rmtree(aside)
    if not os.path.lexists(VENV):
        return
    if os.path.islink(VENV) or not os.path.isdir(VENV):
        os.unlink(VENV)
        return
    ours = ("pyvenv.cfg", "install.log", "tools.lock")
    if os.listdir(VENV) and not any(os.path.exists(os.path.join(VENV, name)) for name in ours):
        raise Trouble(
            "文件夹 .venv 不是虚拟环境",
            f"{VENV} 里是别的文件，程序不会删除它们",
            "请把这个文件夹移到别处或改名，再运行一次",
        )
    try:
        os.rename(VENV, aside)
    except PermissionError as error:
        if os.name != "nt":
            raise
        raise Trouble(
            "运行环境正被占用，无法更换",
            str(error),
            "请关闭正在运行的 build.py（如 serve）和编辑器的 Python 插件，再运行一次",
        ) from None
    shutil.rmtree(aside)


def part_of_lock(text: str, names: "tuple[str, ...]") -> str:
    """The entries of some packages, with their hashes, from the text of a lock file."""
    kept = []
    wanted = False
    for line in text.splitlines(keepends=True):
        if not line[:1].isspace() and not line.startswith("#"):
            wanted = line.split("==")[0].strip() in names
        if wanted:
            kept.append(line)
    return "".join(kept)


def pip(words: "list[str]", lock: int, command: "list[str] | None" = None, hashes: bool = True) -> None:
    """`pip install`. What is installed is what the lock says, or nothing.

    --no-build-isolation  the tools that build are in the lock too; else pip would fetch others, unlocked
    --no-cache-dir        nothing is written outside this folder
    """
    quiet = ["--disable-pip-version-check", "--no-input", "--no-cache-dir"]
    install = ["install", "--progress-bar=off", "--use-pep517", "--no-build-isolation"]
    guard = ["--require-hashes"] if hashes else []
    run((command or [PYTHON, "-m", "pip"]) + quiet + install + guard + words, lock)


def run(command: "list[str]", lock: int, may_fail: bool = False, environment: "dict[str, str] | None" = None) -> int:
    """Runs a program of the set-up; what it says goes to the log.

    It inherits the lock, so that should this process be killed, the next run waits for the
    orphan instead of working against it.
    """
    import subprocess

    with open(LOG, "ab") as log:
        log.write(("\n$ " + " ".join(command) + "\n").encode("utf-8", "surrogateescape"))
        log.flush()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment or inner_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            pass_fds=() if os.name == "nt" or lock < 0 else (lock,),
        )
    if done.returncode != 0 and not may_fail:
        with open(LOG, encoding="utf-8", errors="replace") as said:
            raise trouble_in(said.read(), command, done.returncode)
    return done.returncode


class alone:
    """Holds `.venv.lock`; gives its file descriptor, or -1 where the disk knows no locks."""

    def __enter__(self) -> int:
        self.descriptor = os.open(os.path.join(ROOT, ".venv.lock"), os.O_RDWR | os.O_CREAT, 0o666)
        told = False
        while not self.take():
            import time

            if not told:
                say("另一个 build.py 正在准备运行环境，等它做完……（按 Ctrl+C 放弃）")
                told = True
            time.sleep(0.2)
        return self.descriptor

    def __exit__(self, *error: object) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)

    def take(self) -> bool:
        import errno

        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self.descriptor, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                return False
            os.close(self.descriptor)  # some network disks know no locks: go on without
            self.descriptor = -1
        return True


# ── what went wrong ───────────────────────────────────────────────────────────────────────────

NO_ROOM = ("磁盘已满", "磁盘上没有足够的空间", "请腾出至少 500 MB，再运行一次")
NO_RIGHT = (
    "没有写入权限",
    "当前用户不能在项目文件夹里写文件",
    "请把项目放到自己的文件夹里，或修改该文件夹的权限，再运行一次",
)

# Words in pip's output → what they mean. The first that is found counts: pip says “no matching
# distribution” also when it reached no registry at all.
SIGNS = (
    (("No space left on device", "There is not enough space on the disk", "Disk quota exceeded"), NO_ROOM),
    (
        ("DO NOT MATCH THE HASHES",),
        (
            "下载的软件包与锁定的校验值不符",
            "得到的文件不是项目锁定的那一个，已拒绝安装",
            "若设置了镜像（PIP_INDEX_URL 或 pip.conf），请换一个，再运行一次",
        ),
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "SSLError", "SSLCertVerificationError"),
        (
            "下载软件包时证书验证失败",
            "网络中可能有代理改写了加密连接，或本机时间不对",
            "请检查本机时间；办公网络请向管理员索取证书并设置 PIP_CERT，再运行一次",
        ),
    ),
    (
        ("NewConnectionError", "ConnectTimeout", "ReadTimeout", "timed out", "ProxyError", "Failed to establish",
         "Temporary failure in name resolution", "Connection refused", "ConnectionResetError", "Connection aborted",
         "IncompleteRead", "ProtocolError", "Max retries exceeded", "Network is unreachable", "getaddrinfo failed",
         "connection broken", "NameResolutionError", "(from versions: none)"),
        (
            "连不上软件包的下载站点",
            "首次运行要联网下载约 30 MB 的软件包，刚才没有下载成功",
            "请检查网络或代理；也可以设置镜像，例如环境变量 PIP_INDEX_URL，再运行一次",
        ),
    ),
    (("Permission denied", "Access is denied", "Read-only file system"), NO_RIGHT),
    (
        ("No matching distribution found", "Could not find a version"),
        (
            "下载站点上没有所需的软件包",
            "锁定的版本在当前的下载站点上找不到，或不适合这个系统",
            "若设置了镜像（PIP_INDEX_URL 或 pip.conf），它可能不完整，请换一个，再运行一次",
        ),
    ),
)  # fmt: skip


def trouble_in(log: str, command: "list[str]", code: int) -> Trouble:
    """What the log of a failed command means."""
    import shutil

    said = log.rsplit("\n$ ", 1)[-1]
    tail = "\n".join([line for line in said.splitlines() if line.strip()][-12:])
    if shutil.disk_usage(ROOT).free < 10_000_000:  # then the log itself may lack its end
        return Trouble(*NO_ROOM, log=tail)
    for signs, (title, found, mend) in SIGNS:
        if any(sign in said for sign in signs):
            return Trouble(title, found, mend, tail)
    if code < 0 or code in (130, 137, 143):
        return Trouble("准备运行环境时被中断", "安装程序被系统或用户终止", "请再运行一次", tail)
    found = f"{os.path.basename(command[0])} 没有成功，退出码 {code}"
    mend = "请按下面日志的提示处理，再运行一次；仍不成功，请把 .venv/install.log 发给维护者"
    return Trouble("准备运行环境时出错", found, mend, tail)


def trouble_of(error: OSError) -> Trouble:
    """What an error of the system means."""
    import errno

    at = f"：{error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        title, found, mend = NO_ROOM
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        title, found, mend = NO_RIGHT
    else:
        title, found, mend = "准备运行环境时出错", str(error.strerror or error), "请排除上述问题，再运行一次"
    return Trouble(title, found + at, mend)


def say(text: str) -> None:
    """To the person, on the error output: the output proper belongs to the command that follows."""
    if sys.stderr is not None:  # as under pythonw on Windows
        sys.stderr.flush()
        sys.stderr.buffer.write((text + "\n").encode("utf-8", "replace"))
        sys.stderr.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
