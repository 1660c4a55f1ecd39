import tseslint from 'typescript-eslint';

const pure = ['kernel', 'domain', 'translation', 'switch-sim'].map((lib) => `libs/${lib}/src/**/*.ts`);
const banned = (name, message) => ({ selector: name, message });

export default tseslint.config(
  { ignores: ['**/dist/', '**/coverage/', '**/.cordboard/', '**/node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.check.json' } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'no-restricted-syntax': ['error', banned('ExportDefaultDeclaration', 'Exports have names.')],
    },
  },
  {
    files: pure,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'setTimeout', 'setInterval', 'setImmediate', 'fetch', 'crypto', 'performance'].map(
          (name) => ({ name, message: 'Pure libraries have no I/O, clock or randomness.' }),
        ),
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'Pure libraries import no platform module.' }] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time comes with the input.' },
        { object: 'Math', property: 'random', message: 'Ids come with the input.' },
      ],
      'no-restricted-syntax': [
        'error',
        banned('ClassDeclaration', 'Pure libraries are functions over data.'),
        banned('ThrowStatement', 'Expected failures are values; see Result.'),
        banned('ExportDefaultDeclaration', 'Exports have names.'),
        banned("NewExpression[callee.name='Date'][arguments.length=0]", 'The time comes with the input.'),
      ],
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'libs/testing/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
    },
  },
);
