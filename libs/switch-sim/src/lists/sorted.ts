/** Below 0: the one comes first; 0 only for the same thing. */
export type Order<Item> = (one: Item, other: Item) => number;

/** Orders texts by their code units. */
export const byText = (one: string, other: string): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/** Where in a sorted list an item is, or would be. */
export const placeIn = <Item>(list: readonly Item[], isBefore: (item: Item) => boolean): number => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item !== undefined && isBefore(item)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const without = <Item>(list: readonly Item[], item: Item, order: Order<Item>): readonly Item[] => {
  const at = placeIn(list, (other) => order(other, item) < 0);
  const found = list[at];
  return found !== undefined && order(found, item) === 0 ? list.toSpliced(at, 1) : list;
};

const including = <Item>(list: readonly Item[], item: Item, order: Order<Item>): readonly Item[] =>
  list.toSpliced(
    placeIn(list, (other) => order(other, item) < 0),
    0,
    item,
  );

/** The sorted list without what was there before and with what is there now; the very same if nothing changes. */
export const exchanged = <Item>(
  list: readonly Item[],
  before: readonly Item[],
  now: readonly Item[],
  order: Order<Item>,
): readonly Item[] => {
  const has = (items: readonly Item[], item: Item): boolean => items.some((one) => order(one, item) === 0);
  const gone = before.filter((item) => !has(now, item));
  const come = now.filter((item) => !has(before, item));
  const rest = gone.reduce((left, item) => without(left, item, order), list);
  return come.reduce((left, item) => including(left, item, order), rest);
};
