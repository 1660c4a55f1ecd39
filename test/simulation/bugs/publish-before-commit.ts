import { ok } from '@cordboard/kernel';
import { type Bug } from './bug.ts';

/** The append says that all is stored before the database has said so. */
export const publishBeforeCommit: Bug = {
  name: 'publish-before-commit',
  faults: ['database slow', 'worker killed'],
  breaks: ['stored-once', 'effects-intended', 'followers-equal'],
  spoilt: {
    worker: {
      store: (store) => ({
        ...store,
        append: (append) => {
          const { lane, wpos } = store.lane() ?? { lane: 0, wpos: 0 };
          void store.append(append);
          return Promise.resolve(ok({ lane, wpos: wpos + 1 }));
        },
      }),
    },
  },
};
