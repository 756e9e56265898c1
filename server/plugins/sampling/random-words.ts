/**
 * The random words by which TensorBoard's data server samples: ChaCha20 (RFC 8439) with a 64-bit counter, keyed by
 * its fixed seed 0. All of its samples use the same words, which is why they can be told.
 */

/** The key that `seed_from_u64(0)` of Rust's rand_core 0.5 makes: words of a PCG generator. */
const KEY = keyOfSeed(0n);
const ROUNDS = 20;
const BLOCK_WORDS = 16;

function keyOfSeed(seed: bigint): Uint32Array {
  let state = seed;
  return Uint32Array.from({ length: 8 }, () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 11634580027462260723n);
    const shifted = Number(BigInt.asUintN(32, ((state >> 18n) ^ state) >> 27n));
    const turn = Number(state >> 59n);
    return (shifted >>> turn) | (shifted << (-turn & 31));
  });
}

export class RandomWords {
  readonly #block = new Uint32Array(BLOCK_WORDS);
  #counter = 0;
  #at = BLOCK_WORDS;

  /** The next 32 bits. */
  next(): number {
    if (this.#at === BLOCK_WORDS) this.#refill();
    return this.#block[this.#at++]!;
  }

  #refill(): void {
    const low = this.#counter >>> 0;
    const high = Math.floor(this.#counter / 2 ** 32);
    this.#counter++;
    this.#at = 0;
    const input = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, ...KEY, low, high, 0, 0];
    const block = this.#block;
    block.set(input);
    for (let round = 0; round < ROUNDS; round += 2) {
      quarter(block, 0, 4, 8, 12);
      quarter(block, 1, 5, 9, 13);
      quarter(block, 2, 6, 10, 14);
      quarter(block, 3, 7, 11, 15);
      quarter(block, 0, 5, 10, 15);
      quarter(block, 1, 6, 11, 12);
      quarter(block, 2, 7, 8, 13);
      quarter(block, 3, 4, 9, 14);
    }
    for (let i = 0; i < BLOCK_WORDS; i++) block[i] = block[i]! + input[i]!;
  }
}

function quarter(s: Uint32Array, a: number, b: number, c: number, d: number): void {
  s[a] = s[a]! + s[b]!;
  s[d] = turned(s[d]! ^ s[a]!, 16);
  s[c] = s[c]! + s[d]!;
  s[b] = turned(s[b]! ^ s[c]!, 12);
  s[a] = s[a]! + s[b]!;
  s[d] = turned(s[d]! ^ s[a]!, 8);
  s[c] = s[c]! + s[d]!;
  s[b] = turned(s[b]! ^ s[c]!, 7);
}

const turned = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
