/** No store ever gets to these: a floor takes no number from the table of lanes. */
let lastLane = 1_000_000;

/** A lane for a floor, with the places that its rows take one after the other. */
export const freshLane = (): { readonly place: () => readonly [lane: number, wpos: number] } => {
  const lane = (lastLane += 1);
  let wpos = 0;
  return { place: () => [lane, (wpos += 1)] };
};
