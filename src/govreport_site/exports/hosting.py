"""What hosts are told of the site: for Netlify and Cloudflare Pages in `_headers`, for nginx in a configuration. Pure.

Files whose names are made of their content never change and may be kept for ever: all of `assets/`, and
of the index what stands in a folder of its own (`search/<segment>/`). All else is asked for again.
"""

from __future__ import annotations

import re

# Twin: templates/layouts/base.html. A header also says who may frame the site; 404.html has a <base>.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

_EVERYWHERE = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)


def headers_file() -> str:
    """No two rules speak of one header: the hosts would join their values. Asking again is what they do by themselves."""
    rules = (
        ("/*", _EVERYWHERE),
        ("/assets/*", (("Cache-Control", FOR_EVER),)),
        ("/search/:segment/:file", (("Cache-Control", FOR_EVER),)),
    )
    return "\n".join(f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in all_) for path, all_ in rules)


def nginx_file(root: str, path: str) -> str:
    """A configuration for conf.d/: what is compressed lies ready, nothing is computed for a reader.

    root  the folder that holds the site, or, where it stands under a path, what holds that
    path  of the site's address: / or /reports/
    """
    # `add_header` in a location would drop all those of the server: so there is one, with a variable.
    folder = re.escape(path)
    headers = "".join(f'    add_header {name} "{value}" always;\n' for name, value in _EVERYWHERE)
    return f"""# 法治政府建设年度报告：nginx 的配置，放进 /etc/nginx/conf.d/，改好 server_name 和 root，再 nginx -s reload。
map $uri $govreport_cache {{
    default "{ASK_AGAIN}";
    "~^{folder}assets/" "{FOR_EVER}";
    "~^{folder}search/[0-9a-f]+/" "{FOR_EVER}";
}}

server {{
    listen 80;
    server_name example.org;
    root "{root}";
    index index.html;

    # 文件旁边的 .gz 已经压好；改了文件而没有重新发布时，nginx 会送出旧的。
    gzip_static on;
    gzip_vary on;
    charset utf-8;
    charset_types text/plain text/css text/xml text/javascript application/javascript application/json application/xml;
    types {{
        text/html html;
        text/css css;
        text/javascript js;
        text/plain txt;
        application/json json;
        application/xml xml;
        image/svg+xml svg;
    }}

{headers}    add_header Cache-Control $govreport_cache always;

    error_page 404 {path}404.html;
    location {path} {{
        try_files $uri $uri/ =404;
    }}
    # 以点或下划线开头的不是网页。
    location ~ "/[._][^/]*$" {{
        return 404;
    }}
}}
"""
