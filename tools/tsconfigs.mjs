// Writes each workspace's tsconfig.json and the root's references from the dependencies that package.json
// declares, so that the build order is said once. `--check` compares instead of writing.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const check = process.argv.includes('--check');
const root = join(import.meta.dirname, '..');
const workspaces = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => existsSync(join(root, folder, name, 'package.json')))
    .map((name) => `${folder}/${name}`),
);

const style = await resolveConfig(join(root, 'tsconfig.json'));
const json = (value) => format(JSON.stringify(value, null, 2), { ...style, parser: 'json' });
const referencesOf = (workspace) => {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'));
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@cordboard/'))
    .map((name) => ({ path: `../../libs/${name.slice('@cordboard/'.length)}` }));
};
const files = new Map();
for (const workspace of workspaces) {
  files.set(
    `${workspace}/tsconfig.json`,
    await json({
      extends: '../../tsconfig.base.json',
      compilerOptions: {
        composite: true,
        rootDir: 'src',
        outDir: 'dist',
        tsBuildInfoFile: 'dist/.tsbuildinfo',
      },
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.spec.ts'],
      references: referencesOf(workspace),
    }),
  );
}
files.set('tsconfig.json', await json({ files: [], references: workspaces.map((path) => ({ path })) }));

const stale = [...files].filter(
  ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
);
if (check && stale.length > 0) {
  console.error(
    `out of step with package.json: ${stale.map(([path]) => path).join(', ')}; run node tools/tsconfigs.mjs`,
  );
  process.exit(1);
}
for (const [path, text] of stale) writeFileSync(join(root, path), text);
