/** What is made when it is first asked for, and then kept: what a run does not need costs its start nothing. */
export function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
