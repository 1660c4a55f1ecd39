// What Jest asks its runtime for, answered by Node itself: specs are loaded as any program is, and a library
// that many of them use is loaded once a process. Jest's own runtime gives every file a world of its own, with
// mocks of modules, at a cost of half the time of the suite; we mock no module.
const asyncHooks = require('node:async_hooks');
const { pathToFileURL } = require('node:url');

const HANDLERS = Symbol.for('EVENT_HANDLERS');
const contexts = [];

class RememberedStorage extends asyncHooks.AsyncLocalStorage {
  constructor() {
    super();
    contexts.push(this);
  }
}

/** The test framework anew for each file: it keeps what it was told in its module. */
const freshFramework = (path) => {
  delete require.cache[path];
  delete globalThis[HANDLERS];
  for (const context of contexts.splice(0)) context.disable();
  const { AsyncLocalStorage } = asyncHooks;
  asyncHooks.AsyncLocalStorage = RememberedStorage;
  try {
    return require(path);
  } finally {
    asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
  }
};

module.exports = class NodeRuntime {
  requireInternalModule(path) {
    return freshFramework(path);
  }

  requireModule(path) {
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    await import(pathToFileURL(path).href);
  }

  getSourceMaps() {
    return new Map();
  }

  setGlobalsForRuntime() {}
  enterTestCode() {}
  leaveTestCode() {}
  getAllCoverageInfoCopy() {}
  teardown() {}
};
