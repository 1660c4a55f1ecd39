const SHOWN = 6;

/** The end of a long id, which is what tells the ids of one session apart; a short one whole. */
export const shortId = (id: string): string => (id.length > 2 * SHOWN ? id.slice(-SHOWN) : id);
