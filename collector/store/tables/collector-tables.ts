/** What collectors share among themselves. As the database has them; domain types are made by the stores. */

export interface SettingsTable {
  key: string;
  value: string;
}
/** Work that one collector does for all: who has it until when, and a token that grows with every change of hands. */
export interface LeasesTable {
  name: string;
  holder: string;
  until: number;
  token: number;
}
