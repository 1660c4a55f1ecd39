// Fails when a package of the lock file does not run on the oldest Node that we promise, or when the lock file
// lacks an optional package of some platform, with which `npm ci` refuses a bare clone (ADR 9).
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

/** Whether a package that stands at `path` would find `name`, in its own folder or in one above it. */
const finds = (path, name) => {
  const at = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
  if (packages[at] !== undefined) return true;
  return path !== '' && finds(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
};
const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies).filter((name) => path.startsWith('node_modules/') && !finds(path, name)),
);
if (missing.length > 0) {
  console.error(
    `package-lock.json lacks ${missing.join(', ')}: delete node_modules and it, then npm install`,
  );
}
process.exitCode = refusing.length + missing.length === 0 ? 0 : 1;
