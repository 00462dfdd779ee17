/** Why an action was refused, by the code of the problem. What is missing here the server says itself. */
export const problems = {
  not_found: 'It is not there any more, or belongs to another account.',
  call_not_ended: 'It is still under way. Wait until it has ended, or cancel it first.',
  integration_disabled: 'What made it is switched off here. The operator of this Darkroom can switch it on.',
  unknown_integration: 'What made it is no longer there. Reuse its settings with another one.',
  unknown_operation: 'What made it no longer offers this. Reuse its settings with another one.',
  artifact_removed: 'A file that it is made from was removed. Reuse its settings and add the file anew.',
  idempotency_key_reused: 'This was asked for in another form before. Nothing was made; ask again.',
  batch_id_reused: 'These failures were retried before, in another form: see the list of batches.',
  too_large: 'This is more than Darkroom takes at once.',
  foreign_origin: 'Darkroom does not take this from a page at this address. Open it at its own address.',
};
