/** Where a redirect leads that no client should follow. */
export const privateAddress = 'http://169.254.169.254/latest/meta-data/';
