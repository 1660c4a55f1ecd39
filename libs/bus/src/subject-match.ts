/** Whether a subject falls under a NATS pattern: `*` is one token, a final `>` one or more. */
export const matches = (pattern: readonly string[], subject: readonly string[]): boolean => {
  for (const [index, token] of pattern.entries()) {
    if (token === '>') return subject.length > index;
    if (index >= subject.length || (token !== '*' && token !== subject[index])) return false;
  }
  return pattern.length === subject.length;
};
