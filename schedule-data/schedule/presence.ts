/** Where somebody said that they are, as pages may show it: voluntary, and only for the day. */
export interface CheckIn {
  /** As the person spells it. */
  readonly nick: string;
  /** Slug of the track that they are with; else `location` says where they are. */
  readonly track?: string;
  /** In their own words. */
  readonly location?: string;
  /** Since when, in UTC: `2018-09-10T15:04:05Z`. */
  readonly since: string;
}
