window.govreport.receive("topics",["执法/规范\n普法","##"]);
