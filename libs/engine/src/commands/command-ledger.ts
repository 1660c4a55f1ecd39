/**
 * The outcomes of a session's last 256 commands, packed (design K10): for each a 16-byte hash of the command
 * id, an 8-byte MAC of its content and the sequence of its outcome; 7 KiB when full.
 */
export interface CommandLedger {
  readonly find: (digest: string) => LedgerEntry;
  readonly add: (digest: string, seq: number) => void;
  /** All entries, the oldest first. */
  readonly pack: () => Buffer;
}

/** `unknown`: never seen or long forgotten. `reused`: this id was used for another content. */
type LedgerEntry = { readonly kind: 'unknown' | 'reused' } | { readonly kind: 'done'; readonly seq: number };

const ID_BYTES = 16;
const DIGEST_BYTES = 24;
const ENTRY_BYTES = DIGEST_BYTES + 4;
const FIRST_ENTRIES = 8;

export const LEDGER_ENTRIES = 256;

/** The digest's two parts: hash of the id, MAC of the content. */
const parts = (digest: string): { readonly id: Buffer; readonly content: Buffer } => {
  const bytes = Buffer.from(digest, 'base64');
  return { id: bytes.subarray(0, ID_BYTES), content: bytes.subarray(ID_BYTES, DIGEST_BYTES) };
};

/** `packed`: what another one has packed. */
export const createCommandLedger = (packed: Buffer = Buffer.alloc(0)): CommandLedger => {
  let used = Math.min(Math.floor(packed.length / ENTRY_BYTES), LEDGER_ENTRIES);
  let next = used;
  let ring = Buffer.alloc(Math.max(used, FIRST_ENTRIES) * ENTRY_BYTES);
  packed.copy(ring, 0, 0, used * ENTRY_BYTES);

  /** Where the entry begins, or -1. The same bytes across two entries are none. */
  const placeOf = (id: Buffer): number => {
    let at = ring.indexOf(id);
    while (at % ENTRY_BYTES > 0) at = ring.indexOf(id, at + 1);
    return at < used * ENTRY_BYTES ? at : -1;
  };

  const find = (digest: string): LedgerEntry => {
    const { id, content } = parts(digest);
    const at = placeOf(id);
    if (at < 0) return { kind: 'unknown' };
    const same = ring.compare(content, 0, content.length, at + ID_BYTES, at + DIGEST_BYTES) === 0;
    return same ? { kind: 'done', seq: ring.readUInt32BE(at + DIGEST_BYTES) } : { kind: 'reused' };
  };

  const add = (digest: string, seq: number): void => {
    if (next * ENTRY_BYTES === ring.length && next < LEDGER_ENTRIES) {
      ring = Buffer.concat([ring], Math.min(ring.length * 2, LEDGER_ENTRIES * ENTRY_BYTES));
    }
    const slot = next % LEDGER_ENTRIES;
    Buffer.from(digest, 'base64').copy(ring, slot * ENTRY_BYTES, 0, DIGEST_BYTES);
    ring.writeUInt32BE(seq, slot * ENTRY_BYTES + DIGEST_BYTES);
    next = slot + 1;
    used = Math.max(used, next);
  };

  const pack = (): Buffer =>
    used < LEDGER_ENTRIES
      ? Buffer.from(ring.subarray(0, used * ENTRY_BYTES))
      : Buffer.concat([ring.subarray(next * ENTRY_BYTES), ring.subarray(0, next * ENTRY_BYTES)]);

  return { find, add, pack };
};
