window.govreport.receive("k0",["$","#$$$"]);
