const notesStart = '<!-- notes: written by hand, kept by every run -->';
const notesEnd = '<!-- end of the notes -->';

const introduction = `# Benchmarks

What Darkroom costs beside the least that one could write: a bare Fastify handler with one insert, a bare workflow with two
activities, a bare read of one row, a bare workflow with ten activities, a bare heartbeat loop, a bare WebSocket server; and a
batch beside the same calls sent one by one. Both sides run in turn on the same machine, the same PostgreSQL, Temporal, S3 and simulator.
\`npm run bench\` writes this page; the whole run takes about 45 minutes on two idle cores. \`npm run bench -- --only push\` measures one part and
leaves this page alone.

"ratio" is ours to the floor's. Differences under 1.3× count as ties: a run cannot tell more.`;

/** The page of the last run. What was written by hand between its markers is kept. */
export function renderDocument(report: string, previous: string | undefined): string {
  return `${introduction}\n\n${notesStart}\n${notesOf(previous)}\n${notesEnd}\n\n${report}\n`;
}

function notesOf(previous: string | undefined): string {
  if (previous === undefined) return '';
  const start = previous.indexOf(notesStart);
  const end = previous.indexOf(notesEnd);
  if (start < 0 || end < start) {
    throw new Error(
      `docs/benchmarks.md has lost a marker of its notes (${notesStart}): put it back, or delete the file.`,
    );
  }
  return previous.slice(start + notesStart.length, end).trim();
}
