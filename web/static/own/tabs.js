/* The tabs of one browser: who leaves in one has left in all, so that nothing stays to be read on a shared machine. */

const channel = new BroadcastChannel("chairside");

/** Tells the other tabs that somebody is out; not of which meeting: each asks for itself. */
export const tellTabs = () => channel.postMessage("out");

/** `act` is done whenever another tab tells that. */
export const whenTold = (act) => channel.addEventListener("message", act);
