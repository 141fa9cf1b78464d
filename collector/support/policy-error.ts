/** What is wrong with a policy, a contract or a calendar: every fault, one line each, with the place it is at. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[], options?: ErrorOptions) {
    super(faults.join('\n'), options);
    this.faults = faults;
  }
}

/** No covered time within the search horizon: the calendar can never reach the goal. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
}
