/**
 * Brings the index into the page, the same way over http and from a folder on disk.
 *
 * A shard is a script that calls `window.govreport.receive(name, data)`. `fetch` and modules
 * are refused on file://, script tags are not. `search/root.js` names all segments. The form of
 * the data is written down in src/govreport_site/search/segments.py.
 */

import { gramSegment } from "./segment.js";
import { once } from "./turns.js";
import { textSegment } from "./texts.js";

/** The version of the wire format this script reads. */
const FORMAT = 6;

const TIMEOUT_SECONDS = 60;

/** Something the reader can act on: `message` is Chinese and complete. */
export class IndexError extends Error {}

/**
 * @typedef {object} Shelf
 * @property {(name: string, data: unknown) => void} receive called by the shards
 * @property {(name: string) => Promise<unknown>} bring a shard's data; a failed one may be asked for again
 */

/**
 * @param {Document} document
 * @param {string} root relative address of the site's root
 * @param {{timeoutSeconds?: number}} [options]
 * @returns {Shelf}
 */
export function createShelf(document, root, { timeoutSeconds = TIMEOUT_SECONDS } = {}) {
  /** @type {Map<string, (data: unknown) => void>} */
  const waiting = new Map();

  // A file knows its own name, not its segment's: that is named by what all its files hold.
  function receive(name, data) {
    const script = document.currentScript;
    const full = (script && script.getAttribute("data-name")) || name;
    const take = waiting.get(full);
    if (take && (full === name || full.endsWith(`/${name}`))) {
      take(data);
    }
  }

  function bring(name) {
    const address = `search/${name}.js`;
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const end = (settle, value) => {
        clearTimeout(timer);
        waiting.delete(name);
        script.remove();
        settle(value);
      };
      const timer = setTimeout(
        () => end(reject, new IndexError(`等了 ${timeoutSeconds} 秒，${address} 仍未读到`)), timeoutSeconds * 1000);
      waiting.set(name, (data) => end(resolve, data));
      script.onerror = () => end(reject, new IndexError(`读不到 ${address}`));
      // A script that has run without calling `receive` is not a shard of this name.
      script.onload = () => waiting.has(name) && end(reject, new IndexError(`${address} 的内容不是检索数据`));
      script.setAttribute("data-name", name);
      script.src = root + address;
      document.head.appendChild(script);
    });
  }

  return { receive, bring };
}

/**
 * The segments of the index. The root is loaded once.
 *
 * @param {(name: string) => Promise<any>} bring
 * @returns {() => Promise<import("./segment.js").Segment[]>}
 */
export function createIndex(bring) {
  return once(async () => {
    const [format, , texts, segments] = await bring("root");
    if (format !== FORMAT) {
      throw new IndexError("检索数据与本页的程序不是同一版本");
    }
    const grams = segments.map((segment) => gramSegment(segment, bring));
    return texts.length ? [...grams, textSegment(() => Promise.all(texts.map(bring)))] : grams;
  });
}
