import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What steers the projections: which generation of tables is live, how far each one is, which streams are parked. The
 * tables of the read models themselves belong to a generation and are made, and never altered, by `createGeneration`.
 */
export class Control1766000000000 implements MigrationInterface {
  readonly name = 'Control1766000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA projection');
    await runner.query('CREATE SCHEMA read');
    await runner.query(`
      CREATE TABLE projection.generation (
        projection text COLLATE "C" NOT NULL,
        generation int NOT NULL,
        version int NOT NULL,
        schema_name text NOT NULL,
        live bool NOT NULL DEFAULT false,
        commit_position int8 NOT NULL DEFAULT -1,
        prepare_position int8 NOT NULL DEFAULT -1,
        recorded_at timestamptz,
        epoch int8 NOT NULL DEFAULT 0,
        stopped_because text,
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (projection, generation)
      ) WITH (fillfactor = 50)`);
    await runner.query('CREATE UNIQUE INDEX ON projection.generation (projection) WHERE live');
    await runner.query(`
      CREATE TABLE projection.parked (
        projection text COLLATE "C" NOT NULL,
        generation int NOT NULL,
        stream text COLLATE "C" NOT NULL,
        revision int8 NOT NULL,
        event_id text NOT NULL,
        type text NOT NULL,
        error text NOT NULL,
        parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (projection, generation, stream),
        FOREIGN KEY (projection, generation) REFERENCES projection.generation ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE VIEW read.checkpoint AS
      SELECT projection, generation, version, commit_position, prepare_position, recorded_at, stopped_because, updated_at
      FROM projection.generation WHERE live`);
    await runner.query(`
      CREATE VIEW read.parked AS
      SELECT p.projection, p.stream, p.revision, p.event_id, p.type, p.error, p.parked_at
      FROM projection.parked p JOIN projection.generation g USING (projection, generation) WHERE g.live`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA read CASCADE');
    await runner.query('DROP SCHEMA projection CASCADE');
  }
}
