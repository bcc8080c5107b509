// The part of `govreport serve` that runs in the open page, and nowhere else: the server brings it
// in, the site on disk does not have it. It loads the page again when the site was made anew, and
// shows in the corner what the build has to say. Server: loopback.py; states: serve.py.
(function () {
  "use strict";

  const OWN = "/__govreport__/";
  const MEMORY = "govreport-serve";
  const loaded = document.currentScript.dataset.build;
  const panel = makePanel();
  let stream = null;
  let lost = 0;

  // A hidden page follows nothing: a browser opens six connections to one address, and a
  // seventh page would wait for ever. When it is looked at again, it hears the newest state.
  function follow() {
    if (document.hidden) {
      leave();
    } else if (stream === null) {
      stream = new EventSource(OWN + "events");
      stream.onmessage = (event) => {
        found();
        const state = JSON.parse(event.data);
        if (state.build !== loaded) {
          leave();
          location.reload();
        } else {
          panel.show(state);
        }
      };
      // The browser tries again by itself, each second, and each time says so.
      stream.onerror = () => {
        lost = lost || setTimeout(panel.showLost, 1500);
      };
    }
  }

  function found() {
    clearTimeout(lost);
    lost = 0;
  }

  function leave() {
    found();
    if (stream !== null) {
      stream.close();
      stream = null;
    }
  }

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", leave);
  // A page that is being left must not load itself again: that would stop the reader on the way.
  addEventListener("beforeunload", () => {
    leave();
    setTimeout(follow, 2000);
  });
  addEventListener("pageshow", follow);
  follow();

  /** A panel in a shadow of its own, so that neither its style nor the page's touches the other. */
  function makePanel() {
    const host = document.createElement("govreport-serve");
    host.hidden = true;
    const root = host.attachShadow({ mode: "open" });
    const style = make("link", { rel: "stylesheet", href: OWN + "serve.css" });
    const toggle = make("button", { type: "button", class: "toggle", "aria-controls": "list" });
    const close = make("button", { type: "button", class: "close", "aria-label": "关闭", title: "关闭" }, "×");
    const status = make("p", { class: "status" });
    const list = make("div", { id: "list", class: "list", tabindex: "0", role: "group", "aria-label": "问题" });
    const line = make("div", { class: "line", "aria-live": "polite" }, toggle, status, close);
    const box = make("section", { class: "box", "aria-label": "生成结果" }, line, list);
    root.append(style, box);
    let wanted = false;
    let styled = false;
    let form = "line";
    let news = "";

    style.onload = () => {
      styled = true;
      draw();
    };
    toggle.onclick = () => keep(form === "open" ? "line" : "open");
    close.onclick = () => keep("closed");
    box.onkeydown = (event) => {
      if (event.key === "Escape" && form === "open") {
        keep("line");
        toggle.focus();
      }
    };
    document.body.append(host);
    return { show, showLost };

    function keep(chosen) {
      form = chosen;
      write({ form, news });
      draw();
    }

    function draw() {
      host.hidden = !(styled && wanted && form !== "closed");
      list.hidden = form !== "open" || !list.hasChildNodes();
      toggle.setAttribute("aria-expanded", String(!list.hidden));
    }

    function show(state) {
      const parts = [];
      if (state.failure) {
        parts.push("没有生成，这是旧的网站");
      } else if (state.errors) {
        parts.push(`${state.errors} 处错误`);
      }
      if (!state.failure && state.warnings) {
        parts.push(`${state.warnings} 处提醒`);
      }
      const isBad = Boolean(state.failure || state.errors);
      box.dataset.tone = isBad ? "error" : parts.length ? "warning" : "";
      setText(toggle, parts.join("，"));
      toggle.hidden = parts.length === 0;
      close.hidden = toggle.hidden;
      status.className = state.building ? "status late" : "status";
      setText(status, state.building ? "正在重新生成…" : "");
      wanted = parts.length > 0 || Boolean(state.building);

      // What was chosen for a list stays until the list is another one.
      const now = JSON.stringify([state.failure, state.errors, state.warnings, state.problems]);
      if (now !== news) {
        const before = read();
        news = now;
        if (before.news === news) {
          form = before.form;
        } else {
          form = isBad || before.form === "open" ? "open" : "line";
        }
        list.replaceChildren(...itemsOf(state));
        list.scrollTop = 0;
      }
      draw();
    }

    function showLost() {
      toggle.hidden = close.hidden = true;
      box.dataset.tone = "";
      status.className = "status";
      setText(status, "预览已停止；重新运行 serve 后，这一页自动更新");
      wanted = true;
      form = "line";
      news = "";
      list.replaceChildren();
      draw();
    }
  }

  function itemsOf(state) {
    if (state.failure) {
      const { place, found, mend } = state.failure;
      return [itemOf({ severity: "error", place, title: "", found, expected: "", mend })];
    }
    const problems = state.problems || [];
    const rest = (state.errors || 0) + (state.warnings || 0) - problems.length;
    const items = problems.map(itemOf);
    if (state.list) {
      const text = rest > 0 ? `另有 ${rest} 处；全部列在“待核对”页` : "全部列在“待核对”页";
      items.push(make("p", { class: "more" }, make("a", { href: state.list }, text)));
    } else if (rest > 0) {
      items.push(make("p", { class: "more" }, `另有 ${rest} 处；运行 lint 查看全部`));
    }
    return items;
  }

  function itemOf(problem) {
    const item = make("div", { class: "item", "data-severity": problem.severity });
    if (problem.title) {
      const name = problem.severity === "error" ? "错误" : "提醒";
      item.append(make("p", { class: "title" }, make("b", {}, name), ` ${problem.title}`));
    }
    if (problem.place) {
      item.append(make("p", { class: "place" }, problem.place));
    }
    const said = make("dl", {});
    for (const [name, text] of [["发现", problem.found], ["应为", problem.expected], ["修改", problem.mend]]) {
      if (text) {
        said.append(make("dt", {}, name), make("dd", {}, text));
      }
    }
    item.append(said);
    return item;
  }

  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes)) {
      made.setAttribute(key, attributes[key]);
    }
    made.append(...children);
    return made;
  }

  /** Says nothing twice: a screen reader reads what is set, also when it is the same. */
  function setText(place, text) {
    if (place.textContent !== text) {
      place.textContent = text;
    }
  }

  // A browser may forbid storage; then the panel forgets at each load.
  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(MEMORY)) || {};
    } catch {
      return {};
    }
  }

  function write(value) {
    try {
      sessionStorage.setItem(MEMORY, JSON.stringify(value));
    } catch {
      // as said
    }
  }
}());
