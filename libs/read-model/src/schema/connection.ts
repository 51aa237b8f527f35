/** A statement; with a name it is parsed and planned once per connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** The one thing that writers need of a connection; `pg` clients have it. */
export interface Database {
  query(
    statement: string | Statement,
    parameters?: unknown[],
  ): Promise<{ rows: unknown[]; rowCount: number | null }>;
}
