/* A paper on the screen: when somebody has left in another tab it goes, and whoever may read it still gets it again. */

import { whenTold } from "./tabs.js";

whenTold(() => {
  document.body.replaceChildren();
  location.reload();
});
