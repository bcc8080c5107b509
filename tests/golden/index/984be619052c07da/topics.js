window.govreport.receive("topics",["普法\n执法/规范",["#","#$"],"$%$$###"]);
