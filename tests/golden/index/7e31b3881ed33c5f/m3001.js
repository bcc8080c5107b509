window.govreport.receive("m3001","+");
