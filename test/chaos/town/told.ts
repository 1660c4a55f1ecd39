import { writeFileSync } from 'node:fs';

/** What a process of a town is told to suffer, in a file that it reads. */
interface Suffering {
  /** How far its clock is ahead; read at its start. */
  readonly shiftMs?: number;
  /** How long its event loop is burnt when it hears SIGUSR2; read then. */
  readonly blockMs?: number;
}

export const tell = (file: string, suffering: Suffering): void =>
  writeFileSync(file, JSON.stringify(suffering));

const hook = (file: string): string => `
import { readFileSync } from 'node:fs';
const told = JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8'));
const RealDate = Date;
if (told.shiftMs) {
  globalThis.Date = class extends RealDate {
    constructor(...given) { given.length === 0 ? super(RealDate.now() + told.shiftMs) : super(...given); }
    static now() { return RealDate.now() + told.shiftMs; }
  };
}
process.on('SIGUSR2', () => {
  const { blockMs = 0 } = JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8'));
  const until = performance.now() + blockMs;
  while (performance.now() < until);
});`;

/** Arguments for Node that let a built app suffer what the file says; nothing of it is in shipped code. */
export const sufferingArguments = (file: string): readonly string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(hook(file))}`,
];
