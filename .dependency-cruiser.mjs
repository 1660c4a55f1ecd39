/** Import rules of the house. Each rule says why it is there. */
const down = (lib, allowed, comment) => ({
  name: `${lib}-imports`,
  comment,
  severity: 'error',
  from: { path: `^libs/${lib}/src`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^libs/', pathNot: [`^libs/${lib}/`, ...allowed.map((name) => `^libs/${name}/`)] },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one idea; merge them or turn one import around.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-never-import-apps',
      comment: 'Apps are wiring; a rule that a library needs belongs in a library.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-stand-alone',
      comment: 'Apps talk over NATS, never by import.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'one-door',
      comment:
        'A library is used through its src/index.ts, so that its inside can change. The test kit has a second door without servers, for pure specs, the agent protocol one to its catalogue, which is read from a file and not for browsers.',
      severity: 'error',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: {
        path: '^libs/[^/]+/src/',
        pathNot: [
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/testing/src/scenarios\\.ts$',
          '^libs/agent-protocol/src/written\\.ts$',
          '^$1/$2/',
        ],
      },
    },
    {
      name: 'bench-at-the-doors',
      comment: 'The bench measures what others can use; the second door is the one of the rule above.',
      severity: 'error',
      from: { path: '^bench/' },
      to: {
        path: '^(libs|apps)/[^/]+/src/',
        pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/agent-protocol/src/written\\.ts$'],
      },
    },
    {
      name: 'bench-is-a-leaf',
      comment: 'Nothing that ships leans on the bench.',
      severity: 'error',
      from: { path: '^(libs|apps)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'harness-knows-no-group',
      comment: 'How is measured does not depend on what is.',
      severity: 'error',
      from: { path: '^bench/harness/' },
      to: { path: '^bench/', pathNot: '^bench/harness/' },
    },
    {
      name: 'testing-in-specs-only',
      comment: 'Test helpers start servers and drive clocks; shipped code must not reach them.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['\\.spec\\.ts$', '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'nats-in-bus-only',
      comment: 'libs/bus is the only place that knows NATS and its subjects.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['^libs/bus/', '^libs/testing/'] },
      to: { path: 'node_modules/@nats-io/' },
    },
    {
      name: 'nest-outside-the-core',
      comment: 'The domain and what is around it must not know the framework.',
      severity: 'error',
      from: {
        path: '^libs/(kernel|domain|translation|switch-sim|engine|event-store|validation|agent-protocol|cti-protocol|client|audit-core|adapter-sdk)/',
      },
      to: { path: 'node_modules/@nestjs/' },
    },
    down('kernel', [], 'The kernel is the floor.'),
    down('domain', ['kernel'], 'Rules are pure functions over data.'),
    down('validation', [], 'Checking an object against the rules of its class needs none of the product.'),
    down('agent-protocol', ['kernel', 'validation'], 'A protocol describes a wire and nothing behind it.'),
    down('cti-protocol', ['kernel', 'validation'], 'A protocol describes a wire and nothing behind it.'),
    down(
      'translation',
      ['kernel', 'domain', 'agent-protocol', 'cti-protocol'],
      'Translation joins the domain to both wires.',
    ),
    down('switch-sim', ['kernel'], 'The simulated switch knows no protocol; its adapter does.'),
    down('event-store', ['kernel'], 'The store keeps records and does not know what they mean.'),
    down('bus', ['kernel'], 'The bus carries messages and does not know what they mean.'),
    down(
      'engine',
      ['kernel', 'domain', 'translation', 'agent-protocol', 'cti-protocol', 'event-store', 'bus'],
      'The engine drives the domain through ports.',
    ),
    down('adapter-sdk', ['kernel', 'cti-protocol', 'bus'], 'An adapter author depends on the bridge alone.'),
    down('client', ['kernel', 'agent-protocol'], 'The client runs in a browser.'),
    down(
      'audit-core',
      ['kernel', 'domain', 'translation', 'event-store'],
      'Auditors read the log, give rows their meaning and fold them.',
    ),
    down(
      'conformance',
      ['kernel', 'agent-protocol', 'cti-protocol', 'bus'],
      'The suites see what any desktop and any adapter sees: the wire.',
    ),
    down('embedded', [], 'Starting servers needs none of the product.'),
    down('runtime', ['kernel'], 'Runtime is glue for apps.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.check.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['cordboard-source', 'import', 'node', 'default'],
    },
  },
};
