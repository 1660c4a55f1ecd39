// Records the histories of test/replay that are missing (of new scripts and of new kinds of rows), by playing its
// scripts against the domain. What is there already is never touched: rows like it stand in logs.
import { run } from './prepare.mjs';

process.env.CORDBOARD_RECORD_HISTORIES = 'missing';
const { code } = await run(process.execPath, [
  'tools/jest.mjs',
  '--selectProjects',
  'unit',
  '--',
  'test/replay',
]);
process.exitCode = code;
