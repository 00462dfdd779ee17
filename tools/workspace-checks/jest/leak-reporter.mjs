// What Jest's global teardown stops, a PostgreSQL among it, is stopped after the run is reported, and within this time.
const secondsToEnd = 60;

/** Fails a run whose tests left something open: a worker, a client, a server or a process that keeps Jest from ending. */
export class LeakReporter {
  onRunComplete() {
    // The timer fires only where something else keeps the process alive.
    setTimeout(() => {
      const kinds = [...new Set(process.getActiveResourcesInfo())].join(', ');
      process.stderr.write(
        `\nThe tests ended ${secondsToEnd} s ago and left something open (${kinds}). Close it in afterAll.\n`,
      );
      process.exit(1);
    }, secondsToEnd * 1000).unref();
  }
}

export default LeakReporter;
