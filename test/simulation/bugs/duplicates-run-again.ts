import { type Bug } from './bug.ts';

/** No command is known again: each repetition is a command of its own. */
export const duplicatesRunAgain: Bug = {
  name: 'duplicates-run-again',
  faults: [],
  breaks: ['stored-once', 'serial-replies'],
  spoilt: {
    worker: {
      vault: (vault) => {
        let count = 0;
        return {
          ...vault,
          digest: (tenant, requestId, content) =>
            vault.digest(tenant, `${requestId} ${String((count += 1))}`, content),
        };
      },
    },
  },
};
