const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['cordboard-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['/dist/', '/.cordboard/'],
  ...extra,
});

export default {
  randomize: true,
  // Generous, because a loaded machine is slow; what must be fast is measured in the bench.
  testTimeout: 60_000,
  projects: [
    project(
      'unit',
      [
        '**/libs/**/*.spec.ts',
        '**/apps/**/*.spec.ts',
        '**/test/replay/*.spec.ts',
        '**/test/docs/*.spec.ts',
        '**/test/example-adapter/*.spec.ts',
      ],
      {
        testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|types)\\.spec\\.ts$'],
      },
    ),
    project('int', ['**/*.int.spec.ts'], {}),
    project('e2e', ['**/test/**/*.e2e.spec.ts'], {}),
  ],
};
