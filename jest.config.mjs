const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  // Specs run in Node as it is; what that needs of Jest is in `tools/jest`.
  runtime: '<rootDir>/tools/jest/runtime.cjs',
  testEnvironment: '<rootDir>/tools/jest/environment.cjs',
  transform: {},
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
        '**/bench/**/*.spec.ts',
        '**/test/replay/*.spec.ts',
        '**/test/chaos/**/*.spec.ts',
        '**/test/docs/*.spec.ts',
        '**/test/example-adapter/*.spec.ts',
        '**/test/simulation/*.spec.ts',
      ],
      {
        testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|types)\\.spec\\.ts$'],
      },
    ),
    project('int', ['**/*.int.spec.ts'], {}),
    project('e2e', ['**/test/**/*.e2e.spec.ts'], {}),
  ],
};
