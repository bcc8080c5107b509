/**
 * Reads codes of bits, one after another. Twin: src/govreport_site/search/bits.py, where they are written down.
 */

/** From so many ones on a number stands as it is. */
const ESCAPE = 24;

export class BitReader {
  /** @param {string} base64 */
  constructor(base64) {
    const data = atob(base64);
    // Four zero bytes behind the end, so that a window may be read anywhere.
    this.bytes = new Uint8Array(data.length + 8);
    for (let i = 0; i < data.length; i += 1) {
      this.bytes[i] = data.charCodeAt(i);
    }
    this.place = 0;
  }

  /** The next 25 bits or more, from the top of 32; not yet taken. @returns {number} */
  window() {
    const { bytes, place } = this;
    const i = place >>> 3;
    return ((bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3]) << (place & 7);
  }

  /** @param {number} count 0…25 @returns {number} */
  take(count) {
    const value = count ? this.window() >>> (32 - count) : 0;
    this.place += count;
    return value;
  }

  /** @param {number} parameter @returns {number} */
  rice(parameter) {
    const ones = Math.clz32(~this.window());
    if (ones >= ESCAPE) {
      this.place += ESCAPE;
      return this.take(16) * 0x10000 + this.take(16);
    }
    this.place += ones + 1;
    return parameter <= 25
      ? (ones << parameter) | this.take(parameter)
      : ones * 2 ** parameter + this.take(parameter - 16) * 0x10000 + this.take(16);
  }

  /** @returns {number} at least 1 */
  gamma() {
    let zeros = Math.clz32(this.window());
    if (zeros > 24) {
      zeros = 0;
      while (this.take(1) === 0) {
        zeros += 1;
      }
      this.place -= 1;
    } else {
      this.place += zeros;
    }
    return zeros < 25 ? this.take(zeros + 1) : this.take(zeros - 15) * 0x10000 + this.take(16);
  }
}
