import { inWords } from './check/check.ts';
import { type ChaosReport, type Struck } from './run.ts';

const MAX_SHOWN = 40;

const line = ({ fault, tookMs, medianMs, worstMs, missing, failed, trouble }: Struck): string =>
  [
    fault.padEnd(30),
    `${tookMs} ms`.padStart(10),
    `${medianMs ?? '-'} ms`.padStart(10),
    (missing > 0 ? `${missing} late` : `${worstMs} ms`).padStart(10),
    String(failed).padStart(9),
    trouble === null ? '' : `  ${trouble.slice(0, 100)}`,
  ].join('');

/** The report of a run for people. */
export const table = (report: ChaosReport): string => {
  const { seed, faults, violations } = report;
  const more = violations.length - MAX_SHOWN;
  return [
    `${'fault'.padEnd(30)}${'lasted'.padStart(10)}${'back'.padStart(10)}${'worst'.padStart(10)}${'refused'.padStart(9)}`,
    ...faults.map(line),
    '',
    `seed ${seed}; ${faults.length} faults in ${Math.round(report.tookMs / 1_000)} s`,
    `${report.commands} commands, sent ${report.sent} times; ${report.sessions} sessions, ${report.events} events, ${report.effects} effects at the switch, ${report.followed} rows followed, ${report.fed} in the feed`,
    `slowest: ${report.slowest.map(({ command, ms, result, at }) => `${command} ${ms} ms (${result}, ${new Date(at).toISOString().slice(11, 19)})`).join(', ')}`,
    `${report.resumes} resumes, ${report.resets} resets, ${report.gaps} gaps that a client found`,
    `violations: ${violations.length}, to be 0`,
    ...violations.slice(0, MAX_SHOWN).map((violation) => `  ${inWords(violation)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
};
