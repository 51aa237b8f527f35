import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which role writes the read models and which one reads them: row level security of every new generation names them. */
export class Roles1766000000001 implements MigrationInterface {
  readonly name = 'Roles1766000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projection.role (
        capacity text COLLATE "C" PRIMARY KEY CHECK (capacity IN ('worker', 'service')),
        name text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE projection.role');
  }
}
