// Fails when a package of the lock file does not run on the oldest Node that we promise.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';

const root = join(import.meta.dirname, '..');
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const oldest = semver.minVersion(read('package.json').engines.node);
const { packages } = read('package-lock.json');

const refusing = Object.entries(packages).filter(
  ([, { engines, optional }]) =>
    optional !== true && engines?.node !== undefined && !semver.satisfies(oldest, engines.node),
);
for (const [path, { version, engines }] of refusing) {
  console.error(
    `${path}@${version} needs Node ${engines.node}, we promise ${oldest}: override it in package.json`,
  );
}
process.exitCode = refusing.length === 0 ? 0 : 1;
