/** What the machine says of where its programs are. */
export const machine = {
  chromePath: process.env['CHROME_PATH'],
  searchPath: process.env['PATH'] ?? '',
};
