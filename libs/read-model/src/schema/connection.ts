/** A statement that is parsed and planned once per connection. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** The one thing that writers need of a connection; `pg` clients have it. */
export interface Database {
  query(
    statement: string | NamedStatement,
    parameters?: unknown[],
  ): Promise<{ rows: unknown[]; rowCount: number | null }>;
}
