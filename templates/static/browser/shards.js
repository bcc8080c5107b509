/**
 * Brings the index into the page, the same way over http and from a folder on disk.
 *
 * A shard is a script that calls `window.govreport.receive(name, data)`. `fetch` and modules
 * are refused on file://, script tags are not. `search/root.js` names all shards; each holds
 * whole reports. The form of the data is written down in src/govreport_site/search/shards.py.
 */

import { inSlices } from "./slices.js";
import { decodeReport, planeOf } from "./units.js";

/** The version of the wire format this script reads. */
const FORMAT = 1;

/** How many scripts are asked for at once. */
const AT_ONCE = 8;

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

  function receive(name, data) {
    const take = waiting.get(name);
    if (take) {
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
      script.src = root + address;
      document.head.appendChild(script);
    });
  }

  return { receive, bring };
}

/**
 * All reports, decoded and folded, in the order of their addresses. Loaded once; a failure is
 * not kept, so that asking again tries again.
 *
 * @param {Shelf} shelf
 * @returns {() => Promise<import("./units.js").IndexedReport[]>}
 */
export function createLibrary(shelf) {
  let loaded = null;

  async function load() {
    const [format, names] = await shelf.bring("root");
    if (format !== FORMAT) {
      throw new IndexError("检索数据与本页的程序不是同一版本");
    }
    const shelves = new Array(names.length);
    let next = 0;
    const carry = async () => {
      while (next < names.length) {
        const at = next;
        next += 1;
        const reports = (await shelf.bring(names[at])).map(decodeReport);
        await inSlices(reports, (report) => planeOf(report, false));
        shelves[at] = reports;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, carry));
    return shelves.flat();
  }

  return () => {
    if (!loaded) {
      loaded = load();
      loaded.catch(() => {
        loaded = null;
      });
    }
    return loaded;
  };
}
