/**
 * Work that waits for files: some at a time, or once.
 */

/** How many scripts are asked for at once: those of a page of answers, in one round. */
const AT_ONCE = 20;

/**
 * Work that waits for files, some at a time.
 *
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<void>} work
 * @returns {Promise<void>}
 */
export async function inTurns(items, work) {
  let next = 0;
  const carry = async () => {
    while (next < items.length) {
      next += 1;
      await work(items[next - 1]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, carry));
}

/**
 * Work that is done once, when it is first asked for. A failure is not kept: asking again tries again.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {() => Promise<T>}
 */
export function once(work) {
  let coming = null;
  return () => {
    if (!coming) {
      coming = work();
      coming.catch(() => {
        coming = null;
      });
    }
    return coming;
  };
}
