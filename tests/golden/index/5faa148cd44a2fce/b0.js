window.govreport.receive("b0",["#+"]);
