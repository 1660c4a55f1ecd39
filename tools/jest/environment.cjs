// The world in which specs run: that of the process. What Jest sets in it for one file is put back after it.
module.exports = class ProcessEnvironment {
  global = globalThis;
  #console = globalThis.console;
  #exit = process.exit;

  /** Node itself leads stacks back to the TypeScript; Jest, which has not compiled it, could not. */
  async setup() {
    delete Error.prepareStackTrace;
  }

  /** Jest leaves out what Node calls `<anonymous>`: that would be the very line of the spec. */
  handleTestEvent({ name, test }) {
    if (name !== 'test_done') return;
    for (const error of test.errors.flat()) {
      if (typeof error?.stack !== 'string') continue;
      error.stack = error.stack.replaceAll('at <anonymous> (', 'at Object.<anonymous> (');
    }
  }

  async teardown() {
    globalThis.console = this.#console;
    process.exit = this.#exit;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
};
