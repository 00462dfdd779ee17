/**
 * Has the rest of a transaction wait for the locks of others for as long as the database's own `lock_timeout` says, and 2 s where it has none. An
 * acceptance waits no longer: whoever asked for it may ask again.
 */
export const lockPatience = `select set_config('lock_timeout', coalesce(nullif(current_setting('lock_timeout'), '0'), '2s'), true)`;
