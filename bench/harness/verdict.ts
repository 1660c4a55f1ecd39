import { type Row } from './row.ts';

export type Verdict = 'stretch' | 'met' | 'MISSED' | 'not run' | '-';

const reaches = (better: Row['better'], median: number, mark: number): boolean =>
  better === 'higher' ? median >= mark : median <= mark;

/** Whether the median reaches the target, or even the stretch; `-` where no target is set. */
export const verdictOf = ({ figures, better, target, stretch }: Row): Verdict => {
  if (figures === null) return 'not run';
  if (target === undefined) return '-';
  if (stretch !== undefined && reaches(better, figures.median, stretch)) return 'stretch';
  return reaches(better, figures.median, target) ? 'met' : 'MISSED';
};

/** The id with the disk, under which a row is known over all runs. */
export const keyOf = ({ id, disk }: Pick<Row, 'id' | 'disk'>): string =>
  disk === undefined || disk === 'as is' ? id : `${id} ${disk}`;
