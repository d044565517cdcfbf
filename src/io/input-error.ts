/** Why an input is not read, or only in part, where the system has no error for it. */

export class InputError extends Error {
  /** What was read is whole: the fault lies behind it. False where the last line may be cut. */
  readonly complete: boolean;

  /** `message` stands behind the name of the input: "is a zip archive", "ends too early". */
  constructor(message: string, { complete = false } = {}) {
    super(message);
    this.complete = complete;
  }
}
