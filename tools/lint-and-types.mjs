// The types and the lint rules that need them, over one program: apart, each would work out all types anew.
import { ESLint } from 'eslint';
import ts from 'typescript';
import { root } from './prepare.mjs';

const host = {
  ...ts.sys,
  getCurrentDirectory: () => root,
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
  onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
    throw new Error(ts.formatDiagnostic(diagnostic, host));
  },
};
const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile('tsconfig.check.json', {}, host);
const program = ts.createProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: errors });

const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { programs: [program], project: null } },
  },
});
const results = await eslint.lintFiles(['.']);
const { format } = await eslint.loadFormatter('stylish');
const problems = await format(results);
const diagnostics = ts.getPreEmitDiagnostics(program);

if (problems !== '') console.error(problems);
if (diagnostics.length > 0) console.error(ts.formatDiagnosticsWithColorAndContext(diagnostics, host));
const complaints = results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0);
process.exitCode = complaints || diagnostics.length > 0 ? 1 : 0;
