import { type Bug } from './bug.ts';

/** Cached states are kept and believed as they are, with nothing that proves them. */
export const snapshotWithoutHash: Bug = {
  name: 'snapshot-without-hash',
  faults: ['snapshots corrupted'],
  breaks: ['memory-equals-fold', 'serial-replies', 'nothing-waits', 'no-hole'],
  spoilt: {
    worker: {
      vault: (vault) => ({
        ...vault,
        keyring: (...given) => ({
          ...vault.keyring(...given),
          sealSnapshot: (_seq, _schema, clear) => clear,
          openSnapshot: (_seq, _schema, sealed) => sealed,
        }),
      }),
    },
  },
};
