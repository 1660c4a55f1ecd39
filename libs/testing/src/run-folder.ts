/**
 * The folder of this test run, made by tools/jest.mjs and removed by it, with every server that it names.
 * All workers of the run share it.
 */
export const runFolder = (): string => {
  const folder = process.env['CORDBOARD_TEST_RUN'];
  if (folder === undefined) throw new Error('run the tests through tools/jest.mjs, which ends their servers');
  return folder;
};
