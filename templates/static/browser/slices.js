/**
 * Long work in slices: the page draws and answers keys in between. A worker would be the usual
 * way, but file:// and our content security policy allow none.
 */

const SLICE_MS = 24;

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => void} work
 * @returns {Promise<void>}
 */
export async function inSlices(items, work) {
  let until = Date.now() + SLICE_MS;
  for (const item of items) {
    work(item);
    if (Date.now() > until) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      until = Date.now() + SLICE_MS;
    }
  }
}
