/** The list with these items in the places of those that have their ids. */
export const replaced = <Item extends { readonly id: string }>(
  items: readonly Item[],
  ...changed: readonly Item[]
): readonly Item[] =>
  changed.reduce<readonly Item[]>((list, item) => {
    const index = list.findIndex(({ id }) => id === item.id);
    return index < 0 ? list : list.with(index, item);
  }, items);
