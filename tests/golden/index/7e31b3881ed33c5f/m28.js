window.govreport.receive("m28","#");
