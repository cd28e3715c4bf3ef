/* The page of somebody who has left. */

import { tellTabs } from "./tabs.js";

tellTabs();
